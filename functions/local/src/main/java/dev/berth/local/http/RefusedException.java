package dev.berth.local.http;

import dev.berth.lambda.http.EdgeError;
import dev.berth.lambda.http.Response;
import java.io.IOException;

/**
 * The client sent what HTTP does not allow, or broke off. An {@link IOException}, since whoever
 * reads a body meets it there.
 */
final class RefusedException extends IOException {

  private final EdgeError error;

  RefusedException(EdgeError error, String message) {
    super(message);
    this.error = error;
  }

  Response response() {
    return error.response(getMessage());
  }
}
