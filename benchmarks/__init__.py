"""How fast and how big the program is, each figure beside a baseline measured in the same run."""
