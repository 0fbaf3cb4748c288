package dev.berth.local.files;

import dev.berth.core.secret.Sealer;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.ObjectsContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileObjectsContractTest extends ObjectsContract {

  private final Sealer sealer = TestLinks.sealer();

  @TempDir Path root;
  private LinkServer server;
  private FileObjects objects;

  @BeforeEach
  void open() throws IOException {
    server = new LinkServer();
    var links = new LinkSigner(sealer, server::base, Clock.systemUTC());
    objects = new FileObjects(root, links);
    server.serve(objects, links);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    objects.close();
  }

  @Override
  protected Objects objects() {
    return objects;
  }

  @Override
  protected URI linkSignedAt(Instant time, String key, Objects.Method method, Duration validity) {
    return new LinkSigner(sealer, server::base, Clock.fixed(time, ZoneOffset.UTC))
        .sign(key, method, validity);
  }
}
