"""The vault: who a victim is stands here and nowhere else; elsewhere stand pseudonyms. Minimisation and erasure."""
