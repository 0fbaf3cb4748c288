package dev.berth.core.sigv4;

/**
 * What shows before a request's body is read: whatever may be wrong but for the signature itself.
 * So nobody's body has to be taken in who does not at least name a key that there is.
 */
public sealed interface HeadVerification
    permits HeadVerification.BodyAwaited, Verification.Refused {

  /** The head is in order; the signature can be checked once the body is there. */
  final class BodyAwaited implements HeadVerification {

    private final SignedRequest request;
    private final Authorization authorization;
    private final SigningTime time;
    private final AccessKey key;

    BodyAwaited(
        SignedRequest request, Authorization authorization, SigningTime time, AccessKey key) {
      this.request = request;
      this.authorization = authorization;
      this.time = time;
      this.key = key;
    }

    /**
     * @param body all of it, not copied
     */
    public Verification verify(byte[] body) {
      return SigV4Verifier.verifyBody(this, body);
    }

    SignedRequest request() {
      return request;
    }

    Authorization authorization() {
      return authorization;
    }

    SigningTime time() {
      return time;
    }

    AccessKey key() {
      return key;
    }
  }
}
