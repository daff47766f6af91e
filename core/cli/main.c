/* The polder program. Everything it does is in the floor `cli`, where tests reach it. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
