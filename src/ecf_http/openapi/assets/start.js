SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#document",
  deepLinking: true,
  validatorUrl: null, // no outside host is asked whether the document is valid
});
