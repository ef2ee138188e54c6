"""Makes the first version of the shipped Word templates; from then on a team restyles them in Word."""
