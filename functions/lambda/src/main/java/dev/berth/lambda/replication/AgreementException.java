package dev.berth.lambda.replication;

/** An agreement is not written as it has to be: told in one line, without any secret. */
public final class AgreementException extends RuntimeException {
  public AgreementException(String message) {
    super(message, null, false, false);
  }
}
