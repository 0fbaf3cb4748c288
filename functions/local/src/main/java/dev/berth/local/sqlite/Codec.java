package dev.berth.local.sqlite;

import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.StoreException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The attributes of an item as bytes: one byte of format version, then for each attribute its name,
 * one byte of type, and its value. Names, texts and binaries are a length of four bytes and their
 * bytes (text as UTF-8); a number has eight bytes. All numbers are big-endian.
 */
final class Codec {

  private static final byte VERSION = 1;
  private static final byte TEXT = 'S';
  private static final byte NUMBER = 'N';
  private static final byte BINARY = 'B';

  private Codec() {}

  static byte[] encode(Map<String, Attribute> attributes) {
    ByteBuffer out = ByteBuffer.allocate(mostBytes(attributes)).put(VERSION);
    attributes.forEach(
        (name, value) -> {
          write(out, name.getBytes(StandardCharsets.UTF_8));
          write(out, value);
        });
    byte[] encoded = new byte[out.position()];
    out.get(0, encoded);
    return encoded;
  }

  /**
   * @throws StoreException if these are not the bytes of attributes
   */
  static Map<String, Attribute> decode(byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new StoreException("item has the unknown format " + version);
      }
      Map<String, Attribute> attributes = new HashMap<>();
      while (in.hasRemaining()) {
        String name = readText(in);
        attributes.put(name, readValue(in));
      }
      return attributes;
    } catch (BufferUnderflowException e) {
      throw new StoreException("item is damaged", e);
    }
  }

  /** A char of a string takes at most three bytes in UTF-8. */
  private static int mostBytes(Map<String, Attribute> attributes) {
    int bytes = 1;
    for (Map.Entry<String, Attribute> attribute : attributes.entrySet()) {
      bytes += Integer.BYTES + 3 * attribute.getKey().length() + 1;
      bytes +=
          switch (attribute.getValue()) {
            case Attribute.Text text -> Integer.BYTES + 3 * text.value().length();
            case Attribute.Number _ -> Long.BYTES;
            case Attribute.Binary binary -> Integer.BYTES + binary.value().length;
          };
    }
    return bytes;
  }

  private static void write(ByteBuffer out, Attribute value) {
    switch (value) {
      case Attribute.Text text ->
          write(out.put(TEXT), text.value().getBytes(StandardCharsets.UTF_8));
      case Attribute.Number number -> out.put(NUMBER).putLong(number.value());
      case Attribute.Binary binary -> write(out.put(BINARY), binary.value());
    }
  }

  private static void write(ByteBuffer out, byte[] bytes) {
    out.putInt(bytes.length).put(bytes);
  }

  private static Attribute readValue(ByteBuffer in) {
    byte type = in.get();
    return switch (type) {
      case TEXT -> new Attribute.Text(readText(in));
      case NUMBER -> new Attribute.Number(in.getLong());
      case BINARY -> new Attribute.Binary(readBytes(in));
      default -> throw new StoreException("item has an attribute of unknown type " + type);
    };
  }

  private static String readText(ByteBuffer in) {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] readBytes(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
