package dev.berth.registry.image;

/** Which images a listing names, by whether they have tags (ECR's TagStatus). */
public enum TagStatus {
  TAGGED,
  UNTAGGED,
  ANY;

  public boolean includes(TaggedImage image) {
    return switch (this) {
      case TAGGED -> !image.tags().isEmpty();
      case UNTAGGED -> image.tags().isEmpty();
      case ANY -> true;
    };
  }
}
