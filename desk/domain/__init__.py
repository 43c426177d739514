"""What an exchange is and what may happen to it: pure, with no file, database or screen."""
