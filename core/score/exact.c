#include "score/exact.h"

#include <math.h>

static const double LN2 = 0.69314718055994530942, PI = 3.14159265358979323846;

/* exp(-r ln 2) by its series, with r within a half. */
double exact_half(double t)
{
    if (!(t < 1100))
        return 0;
    double whole = floor(t + 0.5), x = -(t - whole) * LN2, sum = 1;
    for (int n = 15; n >= 1; n--)
        sum = 1 + x * sum / n;
    return ldexp(sum, -(int)whole);
}

/* Halves the angle, asin x = 2 asin(x / sqrt(2 (1 + sqrt(1 - x²)))), until the series is short. */
double exact_asin(double x)
{
    double times = 1;
    while (x > 0.0625) {
        x = x / sqrt(2 * (1 + sqrt(1 - x * x)));
        times *= 2;
    }
    double y = x * x, term = x, sum = x;
    for (int n = 1; n <= 8; n++) {
        term = term * y * (2 * n - 1) / (2 * n);
        sum += term / (2 * n + 1);
    }
    return times * sum;
}

/* Both series at once; |x| is at most a quarter of pi. */
static void series(double x, double *sine, double *cosine)
{
    double y = x * x, s = 1, c = 1;
    for (int n = 20; n >= 2; n -= 2) {
        c = 1 - y * c / (n * (n - 1));
        s = 1 - y * s / (n * (n + 1));
    }
    *sine = x * s;
    *cosine = c;
}

void exact_sin_cos(double degrees, double *sine, double *cosine)
{
    double quarter = floor(degrees / 90 + 0.5), s, c;
    series((degrees - quarter * 90) * (PI / 180), &s, &c);
    int turn = (int)quarter & 3;
    *sine = turn == 0 ? s : turn == 1 ? c : turn == 2 ? -s : -c;
    *cosine = turn == 0 ? c : turn == 1 ? -s : turn == 2 ? -c : s;
}
