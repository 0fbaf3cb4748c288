package dev.berth.local.http;

import dev.berth.lambda.ecr.HostileCalls;
import dev.berth.lambda.http.Handler;
import java.io.IOException;
import java.net.URI;

/** Through the streaming edge. */
class StreamingHostileCallsTest extends HostileCalls {

  private Servers server;

  @Override
  protected URI serve(Handler api) throws IOException {
    server = Servers.start(api);
    return server.uri("");
  }

  @Override
  protected void stop() {
    server.close();
  }

  @Override
  protected int maxBody() {
    return Integer.MAX_VALUE;
  }
}
