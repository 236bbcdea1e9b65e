"""Special pages of CampaignEvents."""
