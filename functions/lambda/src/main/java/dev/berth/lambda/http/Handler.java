package dev.berth.lambda.http;

import java.io.IOException;

/** Answers requests, whichever edge they came by. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers a request. An edge logs whatever is thrown and answers 500, unless it was the client
   * who broke the request off.
   *
   * @throws IOException what reading the request's body threw
   */
  Response handle(Request request) throws IOException;
}
