"""What every room stands on: time, ids, text, places on Earth, errors, files. No model, no domain word."""
