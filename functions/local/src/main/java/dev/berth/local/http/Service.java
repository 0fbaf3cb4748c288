package dev.berth.local.http;

import dev.berth.lambda.http.BlobLinks;
import dev.berth.lambda.http.EdgeError;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What every connection of a server shares: who answers requests and sends blobs. */
final class Service {

  private static final Logger LOG = System.getLogger(Service.class.getName());

  private final Handler handler;
  private final BlobSource blobs;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());
  private volatile boolean closing;

  Service(Handler handler, BlobSource blobs) {
    this.handler = handler;
    this.blobs = blobs;
  }

  /** One for each request. */
  ExecutorService threads() {
    return threads;
  }

  /** No connection is to go on after the request under way. */
  void close() {
    closing = true;
  }

  boolean closing() {
    return closing;
  }

  /**
   * Answers a request on its own thread.
   *
   * @param body whose failure explains why the handler threw
   */
  Answer answer(Request request, RequestBody body) {
    boolean head = request.method().equals("HEAD");
    try {
      return answer(request, head, handler.handle(request));
    } catch (AccessDeniedException e) {
      return Answer.of(EdgeError.FORBIDDEN.response(e.getReason()), head, request.id());
    } catch (Throwable e) {
      return failed(request, head, body.failure(), e);
    }
  }

  private Answer answer(Request request, boolean head, Response response) throws IOException {
    if (!(response.body() instanceof Response.Body.Blob blob)) {
      return Answer.of(response, head, request.id());
    }
    return switch (blobs) {
      case BlobSource.Files(var regions) -> Answer.of(response, blob, head, request.id(), regions);
      case BlobSource.Links(var objects) -> {
        var link = new BlobLinks(objects).redirect(request.method(), response, blob);
        yield Answer.of(link, head, request.id());
      }
    };
  }

  private static Answer failed(
      Request request, boolean head, Optional<RefusedException> refused, Throwable thrown) {
    if (refused.isPresent()) {
      return Answer.of(refused.get().response(), head, request.id());
    }
    LOG.log(
        Level.ERROR,
        "request %s failed: %s %s".formatted(request.id(), request.method(), request.path()),
        thrown);
    return Answer.of(EdgeError.INTERNAL.response("internal failure"), head, request.id());
  }
}
