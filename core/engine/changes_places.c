/* Places on the globe, a sphere of the mean radius as measures have it (score/measure_place.c); in
 * degrees of 4 decimals, some ten metres. */
#include <math.h>

#include "engine/changes_candidates.h"

static const double EARTH_KM = 6371.0088, RADIAN = 57.295779513082320876798;

/* On a sphere of radius 1. */
typedef struct point {
    double x, y, z;
} point;

bool place_is_known(const value *place)
{
    return fabs(value_get_double(place, "lon", NAN)) <= 180 &&
           fabs(value_get_double(place, "lat", NAN)) <= 90;
}

static point point_of(const value *place)
{
    double lon = value_get_double(place, "lon", 0) / RADIAN,
           lat = value_get_double(place, "lat", 0) / RADIAN;
    return (point){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

static double angle(point a, point b)
{
    double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    double half = sqrt(x * x + y * y + z * z) / 2;
    return 2 * asin(half < 1 ? half : 1);
}

double place_km(const value *from, const value *to)
{
    return place_is_known(from) && place_is_known(to)
               ? EARTH_KM * angle(point_of(from), point_of(to))
               : NAN;
}

static double degrees(double radians)
{
    return round(radians * RADIAN * 1e4) / 1e4 + 0.0; /* no -0 */
}

value place_towards(const value *from, const value *to, double km)
{
    point a = point_of(from), b = point_of(to);
    double all = angle(a, b), part = km / EARTH_KM;
    double left = all > 0 ? sin(all - part) / sin(all) : 1,
           right = all > 0 ? sin(part) / sin(all) : 0;
    double x = left * a.x + right * b.x, y = left * a.y + right * b.y, z = left * a.z + right * b.z;
    value place = value_map();
    value_add(&place, "lon", value_double(degrees(atan2(y, x))));
    value_add(&place, "lat", value_double(degrees(atan2(z, sqrt(x * x + y * y)))));
    return place;
}
