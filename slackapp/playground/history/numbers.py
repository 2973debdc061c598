"""The metrics that several launches aim at, and where numbers are looked up."""

SELLING = "Lines selling within a week"
PIER = "Riders who find their pier"
FINISHED = "Payments finished"
QUIET_DAYS = "Bookings on quiet days"
DASHBOARD = "https://numbers.ferrybridge.example/"
