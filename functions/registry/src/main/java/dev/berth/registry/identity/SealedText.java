package dev.berth.registry.identity;

import dev.berth.core.secret.SecretBox;
import dev.berth.core.secret.SecretBox.Encrypted;
import dev.berth.registry.store.Item;
import java.nio.charset.StandardCharsets;

/** Texts of items that are kept encrypted, each bound to its item and its attribute. */
final class SealedText {

  private static final String KEY_ID = ":key";

  private final SecretBox box;

  SealedText(SecretBox box) {
    this.box = box;
  }

  void write(Item.Builder item, String attribute, String owner, String text) {
    Encrypted encrypted =
        box.encrypt(text.getBytes(StandardCharsets.UTF_8), context(attribute, owner));
    item.text(attribute + KEY_ID, encrypted.keyId()).binary(attribute, encrypted.bytes());
  }

  String read(Item item, String attribute, String owner) {
    var encrypted = new Encrypted(item.text(attribute + KEY_ID), item.binary(attribute));
    return new String(box.decrypt(encrypted, context(attribute, owner)), StandardCharsets.UTF_8);
  }

  private static byte[] context(String attribute, String owner) {
    return (attribute + "#" + owner).getBytes(StandardCharsets.UTF_8);
  }
}
