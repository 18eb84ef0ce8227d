"""What leaves the installation: one door for HTTP to other servers, and the webhooks that go through it."""
