"""Set-up and checks of the checkout, with the standard library only. No part of the product."""
