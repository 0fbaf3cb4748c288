package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.lambda.ecr.ImageFailure.Code;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.image.ImageListing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out which images identifiers mean, with one look at all their tags. */
final class ImageResolver {

  private final ImageListing listing;

  ImageResolver(ImageListing listing) {
    this.listing = listing;
  }

  /**
   * What the identifiers mean.
   *
   * @param images in the order of the identifiers; whether those of a digest exist is not known yet
   * @param failures of the identifiers that mean nothing
   */
  record Resolution(List<Resolved> images, List<ImageFailure> failures) {}

  /** An identifier, the image that it means, and the tag that it names. */
  record Resolved(ImageIdentifier id, Digest digest, Optional<Tag> tag) {}

  Resolution resolve(String account, RepositoryName name, List<ImageIdentifier> ids) {
    List<Tag> tags =
        ids.stream().flatMap(id -> id.imageTag().flatMap(Tag::parse).stream()).distinct().toList();
    Map<Tag, Digest> tagged = listing.resolve(account, name, tags);
    var resolution = new Resolution(new ArrayList<>(), new ArrayList<>());
    for (ImageIdentifier id : new LinkedHashSet<>(ids)) {
      Optional<Digest> byTag = id.imageTag().flatMap(Tag::parse).map(tagged::get);
      fault(id, byTag)
          .ifPresentOrElse(
              code -> resolution.failures().add(new ImageFailure(id, code)),
              () -> resolution.images().add(resolved(id, byTag)));
    }
    return resolution;
  }

  /**
   * What one identifier means.
   *
   * @throws ImageNotFound if its tag names no image, or another one than its digest does
   * @throws InvalidParameter if it is none
   */
  Resolved require(String account, RepositoryName name, ImageIdentifier id) {
    Resolution resolution = resolve(account, name, List.of(id));
    requireAll(account, name, resolution);
    return resolution.images().getFirst();
  }

  /**
   * For operations that do not answer with failures.
   *
   * @throws ImageNotFound for the first identifier that means nothing
   * @throws InvalidParameter likewise, if it is none
   */
  static void requireAll(String account, RepositoryName name, Resolution resolution) {
    for (ImageFailure failure : resolution.failures()) {
      throw switch (failure.failureCode()) {
        case ImageNotFound, ImageTagDoesNotMatchDigest ->
            notFound(account, name, failure.imageId());
        default -> new InvalidParameter(failure.failureReason());
      };
    }
  }

  static ImageNotFound notFound(String account, RepositoryName name, ImageIdentifier id) {
    return new ImageNotFound(account, name, id.imageDigest(), id.imageTag());
  }

  /** Why an identifier means nothing, if it does not. */
  private static Optional<Code> fault(ImageIdentifier id, Optional<Digest> byTag) {
    Optional<String> digest = id.imageDigest();
    Optional<String> tag = id.imageTag();
    if (digest.isEmpty() && tag.isEmpty()) {
      return Optional.of(Code.MissingDigestAndTag);
    }
    if (digest.isPresent() && digest.flatMap(Digest::parse).isEmpty()) {
      return Optional.of(Code.InvalidImageDigest);
    }
    if (tag.isPresent() && tag.flatMap(Tag::parse).isEmpty()) {
      return Optional.of(Code.InvalidImageTag);
    }
    if (tag.isPresent() && byTag.isEmpty()) {
      return Optional.of(Code.ImageNotFound);
    }
    boolean another =
        digest.isPresent() && tag.isPresent() && !digest.flatMap(Digest::parse).equals(byTag);
    return another ? Optional.of(Code.ImageTagDoesNotMatchDigest) : Optional.empty();
  }

  private static Resolved resolved(ImageIdentifier id, Optional<Digest> byTag) {
    Digest digest = id.imageDigest().flatMap(Digest::parse).or(() -> byTag).orElseThrow();
    return new Resolved(id, digest, id.imageTag().map(Tag::new));
  }
}
