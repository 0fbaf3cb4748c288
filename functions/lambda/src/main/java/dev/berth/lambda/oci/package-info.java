/** The OCI distribution specification 1.1 wire: {@code /v2/...}, one class per exchange. */
package dev.berth.lambda.oci;
