package dev.berth.registry.store;

import java.util.Arrays;

/** A value in an {@link Item}: the three of DynamoDB's types that Berth's items need. */
public sealed interface Attribute {

  record Text(String value) implements Attribute {}

  record Number(long value) implements Attribute {}

  /** Bytes, neither copied in nor out: whoever makes or reads them leaves them as they are. */
  record Binary(byte[] value) implements Attribute {

    @Override
    public boolean equals(Object other) {
      return other instanceof Binary binary && Arrays.equals(value, binary.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "Binary[" + value.length + " bytes]";
    }
  }
}
