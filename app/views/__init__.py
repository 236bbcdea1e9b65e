"""Windows, panes, dialogs and charts."""
