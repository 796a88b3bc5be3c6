"""Identifiers that records share: who holds them, hubs that join nobody, bridges, near values and common handles."""
