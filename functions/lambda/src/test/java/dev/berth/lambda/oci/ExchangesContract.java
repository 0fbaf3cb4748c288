package dev.berth.lambda.oci;

/**
 * The wire as a client sees it, whichever edge it goes through: what {@link BlobExchanges}, {@link
 * ManifestExchanges}, {@link ConversionExchanges}, {@link ListExchanges} and {@link
 * RefusedExchanges} say of it.
 */
public abstract class ExchangesContract extends RefusedExchanges {}
