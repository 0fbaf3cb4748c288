package dev.berth.lambda.oci;

/** What is particular to the wire behind API Gateway and Lambda. */
abstract class BehindGateway extends ExchangesContract {

  /** Of an invocation's 6 MB, base64 takes a quarter. */
  @Override
  protected long maxBody() {
    return 4_400_000;
  }

  /** Behind a real API Gateway the challenge comes from a gateway response. */
  @Override
  protected String challengeHeader() {
    return "x-amzn-Remapped-WWW-Authenticate";
  }

  /** API Gateway speaks nothing else. */
  @Override
  protected String scheme() {
    return "https";
  }
}
