"""From facts and libraries to what is installed: staged folders, archives, the native package, and their inspection."""
