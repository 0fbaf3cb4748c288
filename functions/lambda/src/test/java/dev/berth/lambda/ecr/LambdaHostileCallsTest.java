package dev.berth.lambda.ecr;

import dev.berth.lambda.handler.ApiFunction;
import dev.berth.lambda.handler.LambdaEdge;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.registry.store.MemoryObjects;
import java.io.IOException;
import java.net.URI;

/** Through API Gateway and Lambda. */
class LambdaHostileCallsTest extends HostileCalls {

  private LambdaEdge edge;

  @Override
  protected URI serve(Handler api) throws IOException {
    var registry = new RegistryAddress(SdkRegistry.ACCOUNT, "us-east-1");
    edge = new LambdaEdge(new ApiFunction(api, new MemoryObjects(1), registry));
    return edge.uri();
  }

  @Override
  protected void stop() {
    edge.close();
  }

  /** An invocation's payload has 6 MB at most, and the body is in it as base64. */
  @Override
  protected int maxBody() {
    return 4_000_000;
  }
}
