"""Requests and answers: parameters, refusals, pages."""
