package dev.berth.local.files;

import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;

/**
 * A process that writes objects until it is killed, and prints what it was acknowledged. An
 * object's bytes follow from its key.
 */
final class CrashingWriter {

  private static final int WRITERS = 3;
  private static final int PART = 40_000;
  private static final int PARTS = 3;

  private CrashingWriter() {}

  /**
   * @param arguments the root and what the keys begin with
   */
  public static void main(String[] arguments) throws IOException {
    var objects = new FileObjects(Path.of(arguments[0]), TestLinks.signer(), TestKeys.none());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        String prefix = arguments[1] + "/" + writer;
        threads.submit(() -> writeForEver(objects, prefix));
      }
    }
  }

  private static void writeForEver(FileObjects objects, String prefix) {
    for (int i = 0; ; i++) {
      String whole = prefix + "/whole/" + i;
      objects.put(whole, ByteBuffer.wrap(bytes(whole)), ObjectEncryption.STANDARD);
      acknowledge("object " + whole);
      String inParts = prefix + "/parts/" + i;
      writeInParts(objects, inParts);
      acknowledge("object " + inParts);
      String resumed = prefix + "/open/" + i;
      String id = objects.begin(resumed, ObjectEncryption.STANDARD);
      Part first = objects.part(resumed, id, 1, ByteBuffer.wrap(bytes(resumed)));
      acknowledge("part %s %s %s".formatted(resumed, id, first.etag()));
    }
  }

  private static void writeInParts(FileObjects objects, String key) {
    byte[] bytes = bytes(key);
    String id = objects.begin(key, ObjectEncryption.STANDARD);
    List<Part> parts = new ArrayList<>();
    for (int n = 0; n < PARTS; n++) {
      parts.add(objects.part(key, id, n + 1, ByteBuffer.wrap(bytes, n * PART, PART)));
    }
    objects.complete(key, id, parts);
  }

  static byte[] bytes(String key) {
    byte[] bytes = new byte[PART * PARTS];
    new Random(key.hashCode()).nextBytes(bytes);
    return bytes;
  }

  private static void acknowledge(String what) {
    synchronized (System.out) {
      System.out.println(what);
      System.out.flush();
    }
  }
}
