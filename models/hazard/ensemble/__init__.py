"""Many runs of one case with uncertain inputs, into contours of probability."""
