package dev.berth.local.files;

import dev.berth.local.kms.LocalKms;
import java.nio.file.Path;

/** Keys for tests of objects. */
public final class TestKeys {

  private TestKeys() {}

  /** For objects that need none. */
  public static DataKeys none() {
    return new LocalKms("us-east-1", Path.of("there", "are", "no", "keys"));
  }
}
