package dev.berth.lambda.sigv4;

import dev.berth.core.sigv4.ExpectedScope;
import dev.berth.core.sigv4.HeadVerification.BodyAwaited;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.SignedRequest;
import dev.berth.core.sigv4.Verification.Refused;
import dev.berth.core.sigv4.Verification.Verified;
import dev.berth.lambda.http.Request;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** Takes in the requests of one API: their bodies, and who signed them. */
public final class SignedRequests {

  private static final byte[] NO_BODY = {};

  private final SigV4Verifier verifier;
  private final ExpectedScope scope;
  private final KeyLookup keys;
  private final int maxBody;

  /**
   * @param maxBody bytes of a body that are read into memory at most
   */
  public SignedRequests(SigV4Verifier verifier, ExpectedScope scope, KeyLookup keys, int maxBody) {
    this.verifier = verifier;
    this.scope = scope;
    this.keys = keys;
    this.maxBody = maxBody;
  }

  /** What becomes of a request. */
  public sealed interface Received {

    /** It is the signer's. */
    record Signed(Verified by, byte[] body) implements Received {}

    record Unauthenticated(Refused refused) implements Received {}

    /**
     * @param limit bytes that a body may have
     */
    record TooLarge(int limit) implements Received {}

    /** The body ended before it was complete. */
    record Truncated() implements Received {}
  }

  /** A body is large and in memory, so it is not read for whoever comes along. */
  public Received receive(Request request) {
    return switch (verifier.verifyHead(signed(request), scope, keys)) {
      case Refused refused -> new Received.Unauthenticated(refused);
      case BodyAwaited head -> receive(request, head);
    };
  }

  private Received receive(Request request, BodyAwaited head) {
    if (request.contentLength().orElse(0) > maxBody) {
      return new Received.TooLarge(maxBody);
    }
    try {
      byte[] body = request.body().readNBytes(maxBody + 1);
      return body.length > maxBody ? new Received.TooLarge(maxBody) : verify(head, body);
    } catch (IOException e) {
      return new Received.Truncated();
    }
  }

  private static Received verify(BodyAwaited head, byte[] body) {
    return switch (head.verify(body)) {
      case Refused refused -> new Received.Unauthenticated(refused);
      case Verified verified -> new Received.Signed(verified, body);
    };
  }

  private static SignedRequest signed(Request request) {
    var headers = new TreeMap<>(request.headers().fields());
    headers.putIfAbsent("host", List.of(request.host()));
    return new SignedRequest(
        request.method(), request.path(), request.rawQuery(), headers, NO_BODY);
  }
}
