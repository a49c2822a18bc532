package io.mailroutes.message;

import java.util.ArrayList;
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
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return values;
    }
}
