package dev.berth.registry.image;

import dev.berth.core.oci.Tag;
import dev.berth.core.quota.Quota;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.image.PushContext.Prior;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryItem;
import dev.berth.registry.store.Condition;
import java.util.Optional;

/**
 * How many images a repository, and how many tags an image may have. What a push reads tells it in
 * words; the conditions of its transaction hold against others who push at once.
 */
final class PushQuotas {

  private final long images;
  private final long tags;

  PushQuotas(Quotas quotas) {
    this.images = quotas.of(Quota.IMAGES_PER_REPOSITORY);
    this.tags = quotas.of(Quota.TAGS_PER_IMAGE);
  }

  /**
   * @param tag that the push gives to its image
   * @throws LimitExceeded if there is no room for it
   */
  void require(PushContext context, Optional<Tag> tag) {
    Repository repository = context.repository();
    boolean isNew = context.prior() == Prior.ABSENT;
    if (isNew && repository.imageCount() >= images) {
      throw new LimitExceeded(
          "The repository with name '%s' in registry with id '%s' already has the maximum allowed number of images which is '%d'"
              .formatted(repository.name(), repository.account(), images));
    }
    if (!isNew && context.tagCount() >= tags) {
      throw new LimitExceeded(
          "Adding tag '%s' to an image in the repository with name '%s' in registry with id '%s' exceeds the maximum allowed number of tags per image which is '%d'"
              .formatted(
                  tag.map(Tag::value).orElseThrow(),
                  repository.name(),
                  repository.account(),
                  tags));
    }
  }

  /** Of the repository. */
  Condition roomForImage() {
    return Condition.below(RepositoryItem.IMAGE_COUNT, images);
  }

  /** Of an image that is there. */
  Condition roomForTag() {
    return Condition.below(ImageItem.TAG_COUNT, tags);
  }
}
