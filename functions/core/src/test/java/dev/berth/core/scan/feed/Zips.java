package dev.berth.core.scan.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zips for tests. */
public final class Zips {

  private Zips() {}

  /** With an entry for each record. */
  public static byte[] of(String... records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < records.length; i++) {
        zip.putNextEntry(new ZipEntry("record-" + i + ".json"));
        zip.write(records[i].getBytes(UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static InputStream stream(String... records) {
    return new ByteArrayInputStream(of(records));
  }
}
