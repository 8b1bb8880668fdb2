"""Clouds that spread by their own weight.

Britter and McQuaid's workbook (`britter_mcquaid`), and a layer model of SLAB's class (`plume`,
`puff`, joined in `cloud`). Over the cross section of half width B and depth h, with R = rho u B h:

    dR/dx        = rho_a sqrt(3) (v h + w B) + source
    d(R H)/dx    = source H_s + heat from the ground
    d(R u)/dx    = entrained rho_a u_a + drag, less the layer's own pressure
    d(R u_g)/dx  = 0.75 g (rho - rho_a) h² - drag
    dB/dx        = (sqrt(3) (rho_a/rho) v + u_g)/u,   db/dx = u_g b/(B u)

and the same per time for a drifting cloud, which also spreads along the wind. w and v are the
closures of `closure`; across, the cloud is an even core b with edges of the width that makes up B,
up it is Gaussian. Flat ground, no obstacles, no chemistry, no lift-off of buoyant clouds.

References
----------
Ermak (1990), User's Manual for SLAB, UCRL-MA-105607; Spicer & Havens (1989), EPA-450/4-89-019;
Britter & McQuaid (1988), HSE Contract Research Report 17/1988.
"""
