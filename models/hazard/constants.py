"""Physical constants that several models share."""

G_M_S2 = 9.80665  # standard gravity, exact by convention
GAS_J_MOL_K = 8.314462618  # CODATA 2018, exact
ATMOSPHERE_PA = 101_325.0  # exact by convention
STEFAN_BOLTZMANN_W_M2_K4 = 5.670374419e-8  # CODATA 2018
