package dev.berth.registry.store;

import dev.berth.registry.store.Objects.Method;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** All but the signed links of {@link ObjectsContract}, which nobody serves here. */
class MemoryObjectsTest extends CopiedPartsContract {

  private final MemoryObjects objects = new MemoryObjects(1000);

  @Override
  protected Objects objects() {
    return objects;
  }

  @Override
  protected URI linkSignedAt(Instant time, String key, Method method, Duration validity) {
    return objects.signedLink(key, method, validity);
  }
}
