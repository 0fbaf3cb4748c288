package dev.berth.registry.store;

import dev.berth.registry.store.Objects.Method;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

class MemoryObjectsTest extends ObjectsContract {

  private static final String NO_LISTENER = "nobody serves the links of objects in memory";

  private final MemoryObjects objects = new MemoryObjects(1000);

  @Override
  protected Objects objects() {
    return objects;
  }

  @Override
  protected URI linkSignedAt(Instant time, String key, Method method, Duration validity) {
    return objects.signedLink(key, method, validity);
  }

  @Override
  @Disabled(NO_LISTENER)
  @Test
  void aLinkIsGoodForItsMethodAlone(Method method) {}

  @Override
  @Disabled(NO_LISTENER)
  @Test
  void aLinkReadsTheObject() {}

  @Override
  @Disabled(NO_LISTENER)
  @Test
  void aTamperedLinkIsRefused() {}

  @Override
  @Disabled(NO_LISTENER)
  @Test
  void aLinkIsGoodUntilItExpires() {}
}
