"""Operations on an event, and their dialogs."""
