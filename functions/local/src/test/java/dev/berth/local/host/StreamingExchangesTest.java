package dev.berth.local.host;

import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.lambda.oci.ExchangesContract;
import dev.berth.lambda.oci.TestRegistry;
import dev.berth.local.files.FileObjects;
import dev.berth.local.files.LinkSigner;
import dev.berth.local.files.TestKeys;
import dev.berth.local.http.BlobSource;
import dev.berth.local.http.Settings;
import dev.berth.local.http.Settings.Limits;
import dev.berth.local.http.Settings.Listener;
import dev.berth.local.http.StreamingServer;
import dev.berth.local.sqlite.SqliteTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The wire through the streaming edge, over the stores that are files. */
class StreamingExchangesTest extends ExchangesContract {

  @TempDir static Path directory;
  private static SqliteTable table;
  private static FileObjects objects;
  private static TestRegistry registry;
  private static StreamingServer server;
  private static URI uri;

  @BeforeAll
  static void start() throws IOException {
    table = SqliteTable.open(directory.resolve("table.db"));
    objects = new FileObjects(directory.resolve("objects"), links(), TestKeys.none());
    registry = new TestRegistry(table, objects);
    server =
        new StreamingServer(
            new Settings(
                List.of(new Listener("127.0.0.1", 0, TestRegistry.ADDRESS)),
                Optional.empty(),
                Limits.defaults()),
            registry.api(),
            new BlobSource.Files(
                (key, offset, length) -> new FileReading(objects.regions(key, offset, length))));
    uri = URI.create("http://127.0.0.1:" + server.bind().getFirst().getPort());
  }

  static LinkSigner links() {
    var secret = new DeploymentSecret(List.of(new DeploymentSecret.Key("k1", new byte[32])));
    return new LinkSigner(secret.sealer(Purpose.SIGNED_LINK), () -> uri, Clock.systemUTC());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    objects.close();
    table.close();
  }

  @Override
  protected TestRegistry registry() {
    return registry;
  }

  @Override
  protected URI uri() {
    return uri;
  }

  @Override
  protected long maxBody() {
    return Long.MAX_VALUE;
  }
}
