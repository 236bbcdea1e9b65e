"""Requests and answers: parameters, errors, pages."""
