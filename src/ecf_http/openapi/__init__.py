"""The API's own OpenAPI document, made of what serves it, and a page to read it on."""
