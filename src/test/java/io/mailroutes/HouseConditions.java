package io.mailroutes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Conditions that ArchUnit does not bring. */
final class HouseConditions {
    private HouseConditions() {}

    static ArchCondition<JavaClass> haveNoChangingStatics() {
        return new ArchCondition<>("have no static field that can be assigned again") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaField field : type.getFields()) {
                    boolean isStatic = field.getModifiers().contains(JavaModifier.STATIC);
                    boolean isFinal = field.getModifiers().contains(JavaModifier.FINAL);
                    boolean isCompilers = field.getName().startsWith("$");
                    if (isStatic && !isFinal && !isCompilers) {
                        events.add(SimpleConditionEvent.violated(field, field.getFullName()));
                    }
                }
            }
        };
    }
}
