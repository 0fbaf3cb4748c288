package dev.berth.lambda.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.lambda.http.BlobLinks;
import dev.berth.lambda.http.EdgeError;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.registry.store.Objects;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The Lambda edge: answers API Gateway's requests, of all wires. Blobs are answered by signed
 * links, since an invocation returns 6 MB at most.
 */
public final class ApiFunction implements RequestStreamHandler {

  private static final Logger LOG = System.getLogger(ApiFunction.class.getName());

  private final Handler handler;
  private final BlobLinks links;
  private final RegistryAddress registry;

  /**
   * @param registry whose requests they are that name no registry in their host
   */
  public ApiFunction(Handler handler, Objects objects, RegistryAddress registry) {
    this.handler = handler;
    this.links = new BlobLinks(objects);
    this.registry = registry;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var request = ApiGatewayEvent.read(in).toRequest(registry);
    var result = ProxyResult.of(answer(request));
    out.write(result.length <= ProxyResult.LIMIT ? result : tooLarge(request, result.length));
  }

  private Response answer(Request request) {
    try {
      var response = handler.handle(request);
      return response.body() instanceof Response.Body.Blob blob
          ? links.redirect(request.method(), response, blob)
          : response;
    } catch (Exception e) {
      log(request, e);
      return EdgeError.INTERNAL.response("internal failure");
    }
  }

  private static byte[] tooLarge(Request request, int length) throws IOException {
    var message =
        "the answer is %d bytes long, more than the %d that an invocation may return"
            .formatted(length, ProxyResult.LIMIT);
    log(request, new IllegalStateException(message));
    return ProxyResult.of(EdgeError.INTERNAL.response(message));
  }

  private static void log(Request request, Exception e) {
    LOG.log(
        Level.ERROR,
        "request %s failed: %s %s".formatted(request.id(), request.method(), request.path()),
        e);
  }
}
