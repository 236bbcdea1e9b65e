"""The action API."""
