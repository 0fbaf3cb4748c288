package dev.berth.aws.dynamodb;

import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in memory, on a free port of the loopback interface. Its own server listens on all
 * interfaces and reports home, so its handler is hosted here.
 */
public final class DynamoDbLocal implements AutoCloseable {

  private final LocalDynamoDBRequestHandler database;
  private final Server server;
  private final ServerConnector connector;

  public DynamoDbLocal() throws Exception {
    database = new LocalDynamoDBRequestHandler(0, true, null, true, false);
    server = new Server();
    connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new LocalDynamoDBServerHandler(database, "*"));
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** A client of this database, to be closed by the caller. */
  public DynamoDbClient client(ExecutionInterceptor... interceptors) {
    return client(endpoint(), "us-east-1", interceptors);
  }

  /** A client of an emulator, which takes any credentials. */
  static DynamoDbClient client(URI endpoint, String region, ExecutionInterceptor... interceptors) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .overrideConfiguration(
            configuration -> {
              for (ExecutionInterceptor interceptor : interceptors) {
                configuration.addExecutionInterceptor(interceptor);
              }
            })
        .build();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    } finally {
      database.shutdown();
    }
  }
}
