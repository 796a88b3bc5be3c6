"""How the stand-in meets the apps: as splunkd does, through child processes and their wire protocols."""
