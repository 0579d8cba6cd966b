"""The operator's portal over HTTPS: `PortalClient(HttpsTransport(...))`. The contract is `config/portal-api.yaml`."""
