package io.mailroutes.message;

import java.util.List;
import java.util.Optional;

/** The fields of a header block, unfolded but not decoded, in their order. */
record HeaderBlock(List<Field> fields) {
    record Field(String name, String value) {}

    HeaderBlock {
        fields = List.copyOf(fields);
    }

    /** The first wins: it is what most readers show, and a filter and a reader must agree on one. */
    Optional<String> first(String name) {
        return fields.stream()
                .filter(f -> f.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(f -> f.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }
}
