"""Release and recall: what an institution gives to others, previewed, agreed to, copied, logged and taken back."""
