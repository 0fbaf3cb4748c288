package dev.berth.registry.repository;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Instant;

/** How a repository is written down: the item under {@link Keys#repository}. */
public final class RepositoryItem {

  public static final String ID = "id";
  public static final String IMAGE_COUNT = "imageCount";

  static final String TAG_MUTABILITY = "tagMutability";
  static final String SCAN_ON_PUSH = "scanOnPush";

  private static final String ACCOUNT = "account";
  private static final String NAME = "name";
  private static final String ENCRYPTION = "encryption";
  private static final String CREATED_AT = "createdAt";

  private RepositoryItem() {}

  static Item write(Repository repository) {
    return Item.at(Keys.repository(repository.account(), repository.name().value()))
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .text(ACCOUNT, repository.account())
        .text(NAME, repository.name().value())
        .text(ID, repository.id())
        .text(TAG_MUTABILITY, repository.settings().tagMutability().name())
        .number(SCAN_ON_PUSH, repository.settings().scanOnPush() ? 1 : 0)
        .text(ENCRYPTION, repository.encryption().id())
        .number(CREATED_AT, repository.createdAt().toEpochMilli())
        .number(IMAGE_COUNT, repository.imageCount())
        .build();
  }

  /** That it is this very repository still, and whether its tags can be moved has not changed. */
  public static Condition isAsRead(Repository repository) {
    return Condition.all(
        Condition.equal(ID, repository.id()),
        Condition.equal(TAG_MUTABILITY, repository.settings().tagMutability().name()));
  }

  public static Repository read(Item item) {
    return new Repository(
        item.text(ACCOUNT),
        new RepositoryName(item.text(NAME)),
        item.text(ID),
        new Settings(
            TagMutability.valueOf(item.text(TAG_MUTABILITY)),
            item.number(SCAN_ON_PUSH) != 0,
            item.optionalText(ENCRYPTION).map(Encryption::of).orElse(Encryption.AES256)),
        Instant.ofEpochMilli(item.number(CREATED_AT)),
        item.number(IMAGE_COUNT));
  }
}
