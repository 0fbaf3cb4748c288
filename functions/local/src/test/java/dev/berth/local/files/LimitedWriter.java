package dev.berth.local.files;

import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process that may write no large file, and says what becomes of it. */
final class LimitedWriter {

  private static final int TOO_LARGE = 1 << 20;

  private LimitedWriter() {}

  /**
   * @param arguments the root
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    try (var objects = new FileObjects(root, TestLinks.signer(), TestKeys.none())) {
      put(objects);
      part(objects);
      objects.put("key", ByteBuffer.wrap(new byte[1000]), ObjectEncryption.STANDARD);
      try (InputStream stream = objects.get("key", 0, TOO_LARGE)) {
        System.out.println(
            stream.readAllBytes().length == 1000 ? "small object written" : "not written");
      }
      try (Stream<Path> temporary = Files.list(root.resolve("temporary"))) {
        System.out.println(temporary.count() + " temporary");
      }
    }
  }

  private static void put(FileObjects objects) throws IOException {
    try {
      objects.put("key", ByteBuffer.allocate(TOO_LARGE), ObjectEncryption.STANDARD);
    } catch (StoreException e) {
      try (InputStream visible = objects.get("key", 0, 1)) {
        System.out.println("half an object is visible: " + visible.read());
      } catch (NoSuchObjectException nothingVisible) {
        System.out.println("put failed");
      }
    }
  }

  private static void part(FileObjects objects) {
    String id = objects.begin("parts", ObjectEncryption.STANDARD);
    try {
      objects.part("parts", id, 1, ByteBuffer.allocate(TOO_LARGE));
    } catch (StoreException e) {
      boolean none = objects.parts("parts", id).equals(List.of());
      System.out.println(none ? "part failed" : "half a part is visible");
    }
  }
}
